package io.fengsui.standalone.drill;

import io.fengsui.schema.topic.Realm;

/** A part of the ledger that balances by itself. */
record Section(String feedId, Realm realm) {

    @Override
    public String toString() {
        return feedId + " " + realm;
    }
}
