package io.fengsui.seeds.fleet.traffic;

import io.fengsui.reference.Device;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** A payload with its MQTT 5 content type. The bytes are shared, not copied: nobody may change them. */
public final class Payload {
    public static final String JSON = "application/json";

    private static final String GB28181 = "application/vnd.gb28181+xml";
    private static final String BEIDOU = "application/vnd.beidou-2.1";
    private static final Charset GB2312 = Charset.forName("GB2312");

    private final String contentType;
    private final byte[] bytes;

    public Payload(String contentType, byte[] bytes) {
        this.contentType = contentType;
        this.bytes = bytes;
    }

    public String contentType() {
        return contentType;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** GB/T 28181-2016 9.6: the periodic sign of life. */
    public static Payload keepalive(Device device, int serial) {
        return xml("Keepalive", device, serial, "<Status>OK</Status>\n");
    }

    /** GB/T 28181-2016 9.11: a catalog event of the device itself. */
    public static Payload catalogEvent(Device device, int serial, String event) {
        return xml(
                "Catalog",
                device,
                serial,
                "<SumNum>1</SumNum>\n<DeviceList Num=\"1\">\n<Item>\n<DeviceID>" + device.getDeviceId()
                        + "</DeviceID>\n<Event>" + event + "</Event>\n</Item>\n</DeviceList>\n");
    }

    /** A notification whose command no feed takes. */
    public static Payload foreignCommand(Device device, int serial) {
        return xml("MediaStatus", device, serial, "<NotifyType>121</NotifyType>\n");
    }

    /** Beidou 2.1 {@code $BDTXR}, ordinary class, mixed coding: A4 and the text's GB2312 bytes in hexadecimal. */
    public static Payload shortMessage(Device device, String text) {
        String content = "A4" + HexFormat.of().withUpperCase().formatHex(text.getBytes(GB2312));
        return sentence("BDTXR,1," + device.getDeviceId() + ",2,," + content);
    }

    /** A sentence with its checksum: XOR of the bytes between $ and *. */
    public static Payload sentence(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        int checksum = 0;
        for (byte b : bytes) {
            checksum ^= b;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 6);
        out.write('$');
        out.writeBytes(bytes);
        out.writeBytes(String.format(Locale.ROOT, "*%02X\r\n", checksum).getBytes(StandardCharsets.US_ASCII));
        return new Payload(BEIDOU, out.toByteArray());
    }

    private static Payload xml(String command, Device device, int serial, String rest) {
        String document = "<?xml version=\"1.0\" encoding=\"GB2312\"?>\n<Notify>\n<CmdType>" + command
                + "</CmdType>\n<SN>" + serial + "</SN>\n<DeviceID>" + device.getDeviceId() + "</DeviceID>\n" + rest
                + "</Notify>\n";
        return new Payload(GB28181, document.getBytes(GB2312));
    }
}
