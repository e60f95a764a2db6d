#include "tools/watchlist_verify.h"

#include "tools/cmd.h"
#include "tools/opt.h"

#include "watchlist/verify.h"

#include <stdio.h>

static int64_t queries = 1000, seed = 1;

static const struct opt opts[] = {
	{ "queries", 'n', "N", OPT_INT, &queries,
	  "how many travellers to ask about (default: 1000)" },
	{ "seed", 0, "N", OPT_INT, &seed, "other travellers (default: 1)" },
	{ 0 },
};

static const struct opt_usage usage = {
	"watchlist verify",
	"[OPTIONS] SNAP",
	"Ask a snapshot about travellers made of its own entries, with slips, "
	"parts joined, split, exchanged, cut or missing, and compare each "
	"answer with that of brute force: the same entries, classes, scores "
	"and alignments, or exit code 5. Brute force takes about 8 us an entry "
	"that the birth date does not rule out.",
	opts,
	"  paxgate watchlist verify wanted.snap\n"
	"  paxgate watchlist verify -n 20 big.snap\n",
};

/* All queries; adds up their matches. */
static int ask(struct verify *v, uint64_t *matches, struct err *e)
{
	struct arena a = { 0 };
	struct watch_query q;
	int rc = 0;

	for (int64_t i = 0; i < queries && rc >= 0; i++) {
		arena_clear(&a);
		verify_query(&q, v, &a);
		rc = verify_compare(v, &q, e);
		if (rc < 0)
			err_wrap(e, "query %lld of seed %lld", (long long)i,
				 (long long)seed);
		else
			*matches += (uint64_t)rc;
	}
	arena_release(&a);
	return rc < 0 ? rc : 0;
}

int watchlist_verify(int argc, char **argv)
{
	struct watchlist *wl = NULL;
	struct verify *v = NULL;
	struct err e = { 0 };
	uint64_t matches = 0;
	int first = opt_parse(&usage, argc, argv), rc;

	if (first < 0)
		return opt_exit(first);
	if (argc - first != 1)
		return opt_wrong(&usage, "it takes one snapshot");
	if (queries < 1)
		return opt_wrong(&usage, "--queries is 1 or more");
	rc = watchlist_open(&wl, argv[first], &e);
	if (rc == 0)
		rc = verify_new(&v, wl, sig_filter_best(), (uint64_t)seed, &e);
	if (rc == 0)
		rc = ask(v, &matches, &e);
	if (rc == 0)
		printf("%lld queries, %llu matches, identical to brute force\n",
		       (long long)queries, (unsigned long long)matches);
	else
		fprintf(stderr, "paxgate watchlist: %s\n", e.text);
	verify_free(v);
	watchlist_free(wl);
	return rc < 0 ? err_exit_code(&e) : EXIT_OK;
}
