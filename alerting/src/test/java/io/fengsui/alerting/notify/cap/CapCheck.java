package io.fengsui.alerting.notify.cap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What every CAP message must be: our own checks everywhere, the schema of OASIS where it is on the machine. */
public final class CapCheck {
    private static final Path SCHEMA = Path.of("../../shared/standards/CAP-v1.2.xsd");
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d";

    private final Optional<Schema> schema;

    public CapCheck() {
        schema = Files.exists(SCHEMA) ? Optional.of(load()) : Optional.empty();
    }

    /** Whether the schema is there. */
    public boolean hasSchema() {
        return schema.isPresent();
    }

    private static Schema load() {
        try {
            SchemaFactory factory = SchemaFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            return factory.newSchema(new StreamSource(Files.newInputStream(SCHEMA)));
        } catch (SAXException | IOException e) {
            throw new IllegalStateException(SCHEMA + " cannot be read", e);
        }
    }

    /** Fails if a message is not valid; gives it as a document. */
    public Element validated(byte[] xml) {
        if (schema.isPresent()) {
            try {
                schema.get().newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
            } catch (SAXException | IOException e) {
                throw new AssertionError("not valid: " + e.getMessage(), e);
            }
        }
        Element alert = parsed(xml);
        assertThat(alert.getNamespaceURI()).isEqualTo("urn:oasis:names:tc:emergency:cap:1.2");
        assertThat(text(alert, "identifier")).matches("[^\\s,<&]+");
        assertThat(text(alert, "sender")).matches("[^\\s,<&]+");
        assertThat(text(alert, "sent")).matches(TIME);
        assertThat(text(alert, "status")).isIn("Actual", "Exercise", "Test");
        assertThat(text(alert, "msgType")).isIn("Alert", "Update", "Cancel");
        assertThat(text(alert, "scope")).isIn("Public", "Restricted");
        assertThat(texts(alert, "restriction")).hasSize(text(alert, "scope").equals("Restricted") ? 1 : 0);
        if (!text(alert, "msgType").equals("Alert")) {
            assertThat(text(alert, "references").split(" "))
                    .allSatisfy(reference -> assertThat(reference).matches("[^\\s,]+,[^\\s,]+," + TIME));
        }
        List<Element> infos = children(alert, "info");
        assertThat(infos).extracting(info -> text(info, "language")).containsExactly("zh-CN", "en");
        infos.forEach(CapCheck::checkInfo);
        return alert;
    }

    private static void checkInfo(Element info) {
        assertThat(texts(info, "category")).isNotEmpty();
        assertThat(text(info, "event")).isNotBlank();
        assertThat(text(info, "urgency")).isIn("Immediate", "Expected", "Past", "Unknown");
        assertThat(text(info, "severity")).isIn("Extreme", "Severe", "Moderate", "Minor", "Unknown");
        assertThat(text(info, "certainty")).isIn("Observed", "Likely", "Unlikely");
        assertThat(text(info, "headline")).isNotBlank().hasSizeLessThanOrEqualTo(320);
        for (Element area : children(info, "area")) {
            assertThat(text(area, "areaDesc")).isNotBlank();
            assertThat(texts(area, "circle"))
                    .allSatisfy(circle -> assertThat(circle).matches("-?[\\d.]+,-?[\\d.]+ [\\d.]+"));
            for (Element geocode : children(area, "geocode")) {
                assertThat(text(geocode, "value")).matches("\\d{12}");
            }
        }
    }

    public static Element parsed(byte[] xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
            return document.getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    /** The only element of that name; empty if there is none. */
    public static String text(Element parent, String name) {
        List<String> texts = texts(parent, name);
        assertThat(texts).hasSizeLessThanOrEqualTo(1);
        return texts.isEmpty() ? "" : texts.get(0);
    }

    public static List<String> texts(Element parent, String name) {
        return children(parent, name).stream().map(Node::getTextContent).toList();
    }

    public static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element
                    && element.getLocalName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
