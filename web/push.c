#include "web/push.h"

#include <curl/curl.h>
#include <stdlib.h>

struct push {
	CURL *curl;
	struct curl_slist *headers;
};

/* An '@' may make what looks like our address a name, and another the host. */
bool push_is_url(struct str url)
{
	if (str_find_byte(url, '@') >= 0)
		return false;
	return (str_starts(url, STR("https://")) && url.len > 8) ||
	       str_starts(url, STR("http://127.0.0.1:")) ||
	       str_starts(url, STR("http://[::1]:"));
}

/* The answer's body is of no use to us. */
static size_t ignore(char *bytes, size_t size, size_t nr, void *arg)
{
	(void)bytes;
	(void)arg;
	return size * nr;
}

int push_open(struct push **out, const struct push_settings *s, struct err *e)
{
	struct push *p = calloc(1, sizeof(*p));

	if (p)
		p->curl = curl_easy_init();
	if (p && p->curl)
		p->headers = curl_slist_append(
			NULL, "Content-Type: application/json");
	if (!p || !p->headers) {
		push_close(p);
		return err_at(e, ERR_NOMEM, 0, "out of memory");
	}
	curl_easy_setopt(p->curl, CURLOPT_HTTPHEADER, p->headers);
	curl_easy_setopt(p->curl, CURLOPT_USERAGENT, "paxgate");
	curl_easy_setopt(p->curl, CURLOPT_WRITEFUNCTION, ignore);
	curl_easy_setopt(p->curl, CURLOPT_PROTOCOLS_STR, "https,http");
	curl_easy_setopt(p->curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(p->curl, CURLOPT_TIMEOUT, (long)PUSH_SECONDS);
	curl_easy_setopt(p->curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(p->curl, CURLOPT_SSLVERSION,
			 (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(p->curl, CURLOPT_POST, 1L);
	if (*s->ca)
		curl_easy_setopt(p->curl, CURLOPT_CAINFO, s->ca);
	if (*s->certificate) {
		curl_easy_setopt(p->curl, CURLOPT_SSLCERT, s->certificate);
		curl_easy_setopt(p->curl, CURLOPT_SSLKEY, s->key);
	}
	*out = p;
	return 0;
}

int push_post(struct push *p, const char *url, struct str body, struct err *e)
{
	long status = 0;
	CURLcode rc;

	curl_easy_setopt(p->curl, CURLOPT_URL, url);
	curl_easy_setopt(p->curl, CURLOPT_POSTFIELDS, body.ptr);
	curl_easy_setopt(p->curl, CURLOPT_POSTFIELDSIZE_LARGE,
			 (curl_off_t)body.len);
	rc = curl_easy_perform(p->curl);
	curl_easy_getinfo(p->curl, CURLINFO_RESPONSE_CODE, &status);
	if (rc != CURLE_OK)
		return err_at(e, ERR_IO, 0, "no answer from the carrier: %s",
			      curl_easy_strerror(rc));
	if (status < 200 || status > 299)
		return err_at(e, ERR_IO, 0, "the carrier answers %ld", status);
	return 0;
}

void push_close(struct push *p)
{
	if (!p)
		return;
	curl_slist_free_all(p->headers);
	curl_easy_cleanup(p->curl);
	free(p);
}
