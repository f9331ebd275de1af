package io.fengsui.standalone.conformance.observe;

import io.fengsui.standalone.conformance.observe.Observation.Connect;
import io.fengsui.standalone.conformance.observe.Observation.Message;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that was observed, in the order of its instants.
 *
 * @param live whether a connection was watched; else payloads were read from files
 * @param until how far the observation reaches
 */
public record Journal(
        String vendor, String feed, boolean live, Plan plan, List<Observation> observations, Instant until) {

    /**
     * What the kit was allowed to do.
     *
     * @param cuts how often it cuts the connection
     * @param provokes whether it sends the client a rejection notice
     */
    public record Plan(int cuts, boolean provokes) {}

    public Journal {
        observations = List.copyOf(observations);
    }

    public <T extends Observation> Stream<T> all(Class<T> type) {
        return observations.stream().filter(type::isInstance).map(type::cast);
    }

    /** What the client published. */
    public List<Message> messages() {
        return all(Message.class).toList();
    }

    /** How a connection began; empty if that was not seen. */
    public Optional<Connect> connectOf(int link) {
        return all(Connect.class).filter(c -> c.link() == link).findFirst();
    }

    /** Client id of a connection; blank if it is not known. */
    public String clientOf(int link) {
        return connectOf(link).map(Connect::clientId).orElse("");
    }
}
