package io.fengsui.ingest.feed.videostatus.manscdp;

import io.fengsui.ingest.decode.DecodeException;
import io.fengsui.ingest.decode.StrictText;
import io.fengsui.schema.rejection.Rejection;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * An element of a small document: no attributes, no namespaces, as MANSCDP has none. Reading is hardened: no DTD, no
 * entities but the five of XML, limited depth and number of elements.
 *
 * @param text the element's own text, stripped
 */
record XmlElement(String name, String text, List<XmlElement> children) {
    private static final int MAX_DEPTH = 16;
    private static final int MAX_ELEMENTS = 10_000;
    private static final int SHOWN = 60;

    /** As the schema limits them, characters. */
    private static final int KEPT = 500;

    /** How far into the bytes an XML declaration is looked for. */
    private static final int DECLARATION_BYTES = 128;

    private static final Pattern ENCODING =
            Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._-]+)[\"']");

    Optional<XmlElement> child(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).findFirst();
    }

    /** The text of a child, or null if there is none or it is empty. */
    @Nullable
    String textOf(String childName) {
        return child(childName).map(XmlElement::text).filter(t -> !t.isEmpty()).orElse(null);
    }

    /** @throws DecodeException MISSING_FIELD */
    String requiredTextOf(String childName) {
        String found = textOf(childName);
        if (found == null) {
            throw new DecodeException(
                    Rejection.MISSING_FIELD, childName, "<" + name + "> has no <" + childName + ">, or an empty one");
        }
        return found;
    }

    /** The text of a child as an event keeps it: cut to 500 characters, for words must not cost a report. */
    @Nullable
    String shortTextOf(String childName) {
        String found = textOf(childName);
        return found == null ? null : StrictText.quoted(found, KEPT);
    }

    /**
     * Whether a child has the one or the other of two values, whatever their case; null if it is not there.
     *
     * @throws DecodeException UNKNOWN_VALUE
     */
    @Nullable
    Boolean choiceOf(String childName, String yes, String no) {
        String found = textOf(childName);
        if (found == null) {
            return null;
        }
        if (!found.equalsIgnoreCase(yes) && !found.equalsIgnoreCase(no)) {
            throw new DecodeException(
                    Rejection.UNKNOWN_VALUE, childName, "'" + shown(found) + "' is neither " + yes + " nor " + no);
        }
        return found.equalsIgnoreCase(yes);
    }

    /** Number of children that are none of these. */
    int unknown(Set<String> known) {
        return (int)
                children.stream().filter(child -> !known.contains(child.name)).count();
    }

    /** A text as a refusal quotes it, or an event that says why a device is not well. */
    static String shown(String text) {
        return StrictText.quoted(text, SHOWN);
    }

    /** @throws DecodeException NOT_UTF8, UNSUPPORTED_FORMAT, NOT_XML or TOO_DEEP */
    static XmlElement parse(byte[] document) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(decoded(document)));
            return new Walk(reader).root();
        } catch (XMLStreamException e) {
            throw new DecodeException(Rejection.NOT_XML, firstLine(e));
        } catch (MissingResourceException e) {
            // The JDK's parser has no words for some faults of a DTD, and fails to say so.
            throw new DecodeException(Rejection.NOT_XML, "not well-formed");
        }
    }

    /**
     * What the declaration calls GB2312 or GBK is read as their superset. XML takes a document without declaration for UTF-8;
     * devices leave it out and write GB2312, the standard's own encoding. Bytes that are valid UTF-8 and no ASCII are hardly
     * ever GB2312, so UTF-8 is tried first.
     */
    private static String decoded(byte[] document) {
        String start =
                new String(document, 0, Math.min(document.length, DECLARATION_BYTES), StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(start);
        String encoding = declared.find() ? declared.group(1).toUpperCase(Locale.ROOT) : "";
        return switch (encoding) {
            case "" ->
                StrictText.utf8(document)
                        .or(() -> StrictText.gb18030(document))
                        .orElseThrow(() -> new DecodeException(
                                Rejection.NOT_XML,
                                "no encoding is declared, and the bytes are valid neither as UTF-8 nor as GB18030"));
            case "GB2312", "GBK", "GB18030" ->
                StrictText.gb18030(document)
                        .orElseThrow(() -> new DecodeException(
                                Rejection.NOT_XML,
                                "the bytes are not valid " + encoding + ", as the document declares"));
            case "UTF-8", "UTF8" ->
                StrictText.utf8(document)
                        .orElseThrow(() -> new DecodeException(
                                Rejection.NOT_UTF8, "the bytes are not valid UTF-8, as the document declares"));
            default ->
                throw new DecodeException(
                        Rejection.UNSUPPORTED_FORMAT,
                        "encoding",
                        "'" + encoding + "' is none of UTF-8, GB2312, GBK, GB18030");
        };
    }

    private static String firstLine(XMLStreamException e) {
        String message = e.getMessage() == null ? "not well-formed" : e.getMessage();
        return message.lines().reduce((first, second) -> second).orElse(message);
    }

    /** Reads elements one inside the other; recursion is bounded by {@link #MAX_DEPTH}. */
    private static final class Walk {
        private final XMLStreamReader reader;
        private int elements;

        Walk(XMLStreamReader reader) {
            this.reader = reader;
        }

        XmlElement root() throws XMLStreamException {
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new DecodeException(Rejection.NOT_XML, "the document has a DTD");
                }
                if (event == XMLStreamConstants.START_ELEMENT) {
                    XmlElement root = element(1);
                    end();
                    return root;
                }
            }
            throw new DecodeException(Rejection.NOT_XML, "the document has no element");
        }

        private void end() throws XMLStreamException {
            while (reader.hasNext()) {
                reader.next();
            }
        }

        private XmlElement element(int depth) throws XMLStreamException {
            if (depth > MAX_DEPTH || ++elements > MAX_ELEMENTS) {
                throw new DecodeException(
                        Rejection.TOO_DEEP, "more than " + MAX_DEPTH + " levels or " + MAX_ELEMENTS + " elements");
            }
            String name = reader.getLocalName();
            StringBuilder text = new StringBuilder();
            List<XmlElement> children = new ArrayList<>();
            while (true) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new DecodeException(
                                Rejection.NOT_XML, "entity &" + reader.getLocalName() + "; is not declared");
                    case XMLStreamConstants.END_ELEMENT -> {
                        return new XmlElement(name, text.toString().strip(), children);
                    }
                    default -> {}
                }
            }
        }
    }
}
