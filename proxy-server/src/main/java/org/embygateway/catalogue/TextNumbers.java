package org.embygateway.catalogue;

/** Numbers for texts that are written often. */
interface TextNumbers {
    /** The number of the text, a new one when it is unknown. */
    int of(String text);

    String text(int number);
}
