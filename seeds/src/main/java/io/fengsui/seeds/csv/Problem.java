package io.fengsui.seeds.csv;

/**
 * Something in a file that a person has to look at.
 *
 * @param file name of the file within its directory
 * @param line line, from 1; of a record that spans lines, its first
 * @param column column of a table or key of a document; blank if the whole line is meant
 * @param message what was found and what was expected
 */
public record Problem(String file, int line, String column, String message) {

    /** {@code file:line: column: what was found, what was expected}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (column.isEmpty() ? "" : column + ": ") + message;
    }
}
