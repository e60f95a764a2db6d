#!/bin/sh
# third_party.sh - one file of ours names each library, or one kind of file
only() { # header regex, regex of the files that may include it
	grep -rnE --include='*.[ch]' "#include <$1" \
		base parsers law watchlist rules db engine web tools \
		2>/dev/null | grep -vE "^($2):"
}

only 'librdkafka/rdkafka_mock\.h' 'engine/embedded_kafka\.c'
only 'librdkafka/rdkafka\.h'	'engine/[a-z_]*kafka[a-z_]*\.[ch]'
only '(libpq-fe|postgres)'	'db/[a-z_]+\.[ch]'
only 'yaml\.h'			'base/yaml\.c'
only 'jansson\.h'		'base/json\.c'
only 'expat\.h'		'base/xml\.c'
only 'utf8proc\.h'		'base/utf8\.c'
only 'sodium'			'law/crypt\.c'
only 'pcre2'			'rules/regex\.c'
only 'csv\.h'			'watchlist/csv\.c'
only 'microhttpd'		'web/http\.c'
only 'gnutls'			'web/http\.c'
only 'curl'			'web/push\.c'
only 'zlib'			'web/gzip\.c'
exit 0
