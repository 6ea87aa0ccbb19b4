package dev.waybill.console.flow;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * The map as the page shows it.
 *
 * @param seen     when it was drawn
 * @param calm     what is to be said where nothing hurts, as far as anybody knows
 * @param troubles the worst first
 * @param nodes    in the order in which an order meets them
 */
record FlowView(String seen, String calm, List<TroubleView> troubles, List<NodeView> nodes) {

    /** The same map, drawn at another time. */
    FlowView asOf(String moment) {
        return new FlowView(moment, calm, troubles, nodes);
    }

    record TroubleView(String id, String word, String style, String words, String link) {

        static TroubleView of(Trouble trouble) {
            return new TroubleView(trouble.id(), trouble.level().word(), trouble.level().style(), trouble.words(),
                    trouble.link());
        }
    }

    /**
     * One service.
     *
     * @param place  where it stands on the map
     * @param word   how bad it is; empty where it is well
     * @param state  whether it answers, and what then
     * @param facts  what it tells of itself
     * @param groups how far its consumer groups are behind
     * @param steps  where sagas stand; empty for all but the orchestrator
     * @param hops   the ways to and from it
     */
    record NodeView(String name, String place, String link, String word, String style, String state, List<Fact> facts,
            List<Fact> groups, List<Fact> steps, List<HopView> hops) {}

    /** @param link to where it is seen more closely; null where nowhere */
    record Fact(String id, String text, @Nullable String link, String word, String style) {

        static Fact of(String id, String text, @Nullable String link, Level level) {
            return new Fact(id, text, link, level.word(), level.style());
        }
    }

    /**
     * @param back      whether it leads towards where orders come from
     * @param quantiles how long it takes, and what; empty where nothing was measured
     */
    record HopView(String id, String topic, String from, String to, boolean back, String rate, String behind,
            String quantiles, String link, String word, String style) {}
}
