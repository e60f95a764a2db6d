import io.xlate.edi.stream.EDIInputFactory;
import io.xlate.edi.stream.EDIStreamEvent;
import io.xlate.edi.stream.EDIStreamReader;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** StaediReader FOLDER: MB/s of StAEDI's pull events; as readers.rs. */
class StaediReader {
    public static void main(String[] args) throws Exception {
        byte[][] files;
        try (var list = Files.list(Path.of(args[0]))) {
            files = list.map(StaediReader::bytes).toArray(byte[][]::new);
        }
        long segments = 0, refused = 0;
        double best = 0;
        EDIInputFactory factory = EDIInputFactory.newFactory();
        factory.setProperty(EDIInputFactory.EDI_VALIDATE_CONTROL_STRUCTURE, false);
        for (int round = 0; round < 8; round++) {
            long start = System.nanoTime(), bytes = 0;
            segments = refused = 0;
            for (byte[] f : files) {
                long nr = read(factory, f);
                segments += Math.max(nr, 0);
                refused += nr < 0 ? 1 : 0;
                bytes += nr < 0 ? 0 : f.length;
            }
            best = Math.max(best, bytes * 1e3 / (System.nanoTime() - start));
        }
        System.out.printf(Locale.ROOT, "%.2f %d %d%n", best, segments, refused);
    }

    static byte[] bytes(Path p) {
        try {
            return Files.readAllBytes(p);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Segments of a payload; -1 when it is refused. */
    static long read(EDIInputFactory factory, byte[] f) {
        long nr = 0;
        try (EDIStreamReader r = factory.createEDIStreamReader(new ByteArrayInputStream(f))) {
            while (r.hasNext())
                if (r.next() == EDIStreamEvent.START_SEGMENT) nr++;
            return nr;
        } catch (Exception e) {
            return -1;
        }
    }
}
