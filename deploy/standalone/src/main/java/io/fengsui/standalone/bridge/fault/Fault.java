package io.fengsui.standalone.bridge.fault;

/**
 * Something that goes wrong, and is put right again.
 *
 * @param id name in the command and in results
 * @param words what happens, for people
 */
record Fault(String id, String words, Strike strike) {

    /** Makes it happen while messages are published, and puts it right; takes as long as that takes. */
    interface Strike {
        void strike(FaultTrial trial) throws Exception;
    }
}
