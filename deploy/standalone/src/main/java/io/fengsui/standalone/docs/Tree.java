package io.fengsui.standalone.docs;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps for documents, in the order in which they are written down. */
final class Tree {
    private Tree() {}

    /** @param keysAndValues key, value, key, value */
    static Map<String, Object> of(Object... keysAndValues) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            tree.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return tree;
    }
}
