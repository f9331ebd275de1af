package io.fengsui.alerting.notify.cap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/** Writes XML 1.0 of which every text is allowed, whatever a vendor sent. UTF-8, without a line break between elements. */
public final class XmlText {
    /** A text longer than this is cut; the alert's page has the whole. */
    public static final int LONGEST = 8_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
    private final XMLStreamWriter out;

    /** Begins a document. */
    public XmlText() {
        try {
            out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
            out.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        } catch (XMLStreamException e) {
            throw new IllegalStateException("bytes in memory can always be written", e);
        }
    }

    /** Begins the root, in a namespace of its own. */
    public XmlText root(String name, String namespace) {
        return step(() -> {
            out.writeStartElement(name);
            if (!namespace.isEmpty()) {
                out.writeDefaultNamespace(namespace);
            }
        });
    }

    public XmlText open(String name) {
        return step(() -> out.writeStartElement(name));
    }

    public XmlText close() {
        return step(out::writeEndElement);
    }

    public XmlText attribute(String name, String value) {
        return step(() -> out.writeAttribute(name, clean(value)));
    }

    /** An element with a text, also an empty one. */
    public XmlText text(String name, String value) {
        return step(() -> {
            out.writeStartElement(name);
            out.writeCharacters(clean(value));
            out.writeEndElement();
        });
    }

    /** An element with a text that we made and that is never cut. */
    public XmlText whole(String name, String value) {
        return step(() -> {
            out.writeStartElement(name);
            out.writeCharacters(allowed(value, Long.MAX_VALUE));
            out.writeEndElement();
        });
    }

    /** An element with a text, or nothing if there is none. */
    public XmlText optional(String name, @Nullable String value) {
        return value == null || value.isBlank() ? this : text(name, value);
    }

    /** The document; nothing may follow. */
    public byte[] bytes() {
        step(() -> {
            out.writeEndDocument();
            out.close();
        });
        return bytes.toByteArray();
    }

    /** What XML 1.0 does not allow becomes U+FFFD; no more than {@link #LONGEST} characters. */
    static String clean(String text) {
        return cut(allowed(text, LONGEST + 1L), LONGEST);
    }

    private static String allowed(String text, long longest) {
        return text.replace("\r\n", "\n")
                .codePoints()
                .limit(longest)
                .map(point -> isAllowed(point) ? point == '\r' ? '\n' : point : 0xFFFD)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** No more than so many characters, the last of which says that more is missing. */
    static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    /** Char of XML 1.0, clause 2.2, without the control characters that it only tolerates. */
    private static boolean isAllowed(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || (point >= 0x20 && point <= 0xD7FF && !(point >= 0x7F && point <= 0x9F))
                || (point >= 0xE000 && point <= 0xFFFD)
                || (point >= 0x10000 && (point & 0xFFFE) != 0xFFFE);
    }

    /** On one line. */
    static String line(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }

    private XmlText step(Step step) {
        try {
            step.take();
            return this;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("bytes in memory can always be written", e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws XMLStreamException;
    }
}
