package io.fengsui.alerting.board;

/**
 * A consumer group that reads live topics of a township, zone or department. Its committed offsets are its receipt.
 *
 * @param unit unit or department id
 * @param group the reader's consumer group
 * @param lag records that it has not committed
 * @param overdue of these, written longer ago than {@link ReaderView#OVERDUE}
 */
public record Reader(String unit, String group, long lag, long overdue) {}
