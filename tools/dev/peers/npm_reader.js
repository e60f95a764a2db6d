// npm_reader.js FOLDER: MB/s of the npm package edifact (events of segments,
// elements and components, none checked); as readers.rs. Its parser does not
// know UNA, whose separators are the usual ones here.
const fs = require("fs");
const path = require("path");
const Configuration = require("edifact/configuration.js");
const Parser = require("edifact/parser.js");

const folder = process.argv[2];
const config = new Configuration();
config.encoding("UNOY");
const files = fs.readdirSync(folder).map((f) =>
  fs.readFileSync(path.join(folder, f), "latin1").replace(/^UNA.{6}/, ""));
let best = 0, segments, refused;
for (let round = 0; round < 5; round++) {
  const start = process.hrtime.bigint();
  let bytes = 0, kept = 0;
  segments = refused = 0;
  for (const f of files) {
    try {
      const p = new Parser();
      p.configure(config);
      p.encoding("UNOY");
      p.onopensegment = () => { segments++; };
      p.onelement = () => {};
      p.oncomponent = (c) => { kept += c.length; };
      p.onclosesegment = () => {};
      p.write(f);
      p.end();
      bytes += f.length;
    } catch (e) {
      refused++;
    }
  }
  const took = Number(process.hrtime.bigint() - start) / 1e9;
  best = Math.max(best, bytes / 1e6 / took);
}
console.log(`${best.toFixed(2)} ${segments} ${refused}`);
