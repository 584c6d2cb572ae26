/**
 * Playing: which copies of an item can be played by a client and in which order, the play sessions that bind a client to
 * a copy, the streams, playlists and pictures that come from it. Moves no media bytes itself: it names their source.
 */
@NullMarked
package org.embygateway.play;

import org.jspecify.annotations.NullMarked;
