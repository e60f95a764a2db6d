/*
 * cc.h - what we ask of the compiler
 */
#ifndef BASE_CC_H
#define BASE_CC_H

/* The result says whether it worked; somebody has to look. */
#define MUST_CHECK __attribute__((warn_unused_result))
/* Arguments `f` and after follow printf's rules; `a` is the first of them. */
#define PRINTF(f, a) __attribute__((format(printf, f, a)))

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif
