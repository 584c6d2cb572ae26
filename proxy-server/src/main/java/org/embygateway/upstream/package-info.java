/**
 * Calling upstreams: which exist, how they are, with which account and device a call goes out, and what it means when
 * one fails. The only package that knows an upstream's address and tokens.
 */
@NullMarked
package org.embygateway.upstream;

import org.jspecify.annotations.NullMarked;
