package io.tidegate.engine.sync.job;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of the two steps of a job.
 *
 * @param reader fields of the reader's {@code parameter}
 * @param writer fields of the writer's {@code parameter}
 */
record JobSteps(ObjectFields reader, ObjectFields writer) {

    /** Finds the reader and the writer, in whichever order they stand; null when there are not exactly these two. */
    static @Nullable JobSteps read(ObjectFields document, Problems problems) {
        JsonNode steps = document.node("steps");
        JsonNode order = document.node("order");
        if (!steps.isArray() || steps.isEmpty()) {
            problems.add("/steps", "missing. Write one reader step and one writer step.");
            return null;
        }
        Step reader = null;
        Step writer = null;
        for (int i = 0; i < steps.size(); i++) {
            Step step = Step.read("/steps/" + i, steps.get(i), problems);
            if (step.category().equals("reader") && reader == null) {
                reader = step;
            } else if (step.category().equals("writer") && writer == null) {
                writer = step;
            } else if (step.category().equals("reader") || step.category().equals("writer")) {
                problems.add("/steps/" + i, "is a second %s; a job has one.".formatted(step.category()));
            }
        }
        if (reader == null && categoriesAreKnown(steps)) {
            problems.add(
                    "/steps", "has no reader. Write a step with \"category\":\"reader\" and \"stepType\":\"kafka\".");
        }
        if (writer == null && categoriesAreKnown(steps)) {
            problems.add(
                    "/steps", "has no writer. Write a step with \"category\":\"writer\" and \"stepType\":\"odps\".");
        }
        if (reader == null || writer == null) {
            return null;
        }
        checkType(reader, "kafka", problems);
        checkType(writer, "odps", problems);
        checkHops(order, reader.name(), writer.name(), problems);
        return new JobSteps(reader.parameter(), writer.parameter());
    }

    /** Where a category is misspelt, that has been said already. */
    private static boolean categoriesAreKnown(JsonNode steps) {
        for (JsonNode step : steps) {
            String category = step.path("category").asText();
            if (!category.equals("reader") && !category.equals("writer")) {
                return false;
            }
        }
        return true;
    }

    private static void checkType(Step step, String supported, Problems problems) {
        if (!step.type().isEmpty() && !step.type().equals(supported)) {
            problems.add(
                    step.path() + "/stepType",
                    "'%s' is not supported. A %s is of type %s.".formatted(step.type(), step.category(), supported));
        }
    }

    private static void checkHops(JsonNode order, String reader, String writer, Problems problems) {
        if (order.isMissingNode()) {
            // Two steps can only follow each other in one way.
            return;
        }
        ObjectFields fields = new ObjectFields("/order", order, problems);
        JsonNode hops = fields.node("hops");
        fields.refuseUnknown();
        String wanted = "Write [{\"from\":\"%s\",\"to\":\"%s\"}].".formatted(reader, writer);
        if (!hops.isArray() || hops.size() != 1) {
            problems.add("/order/hops", "must hold one hop. " + wanted);
            return;
        }
        ObjectFields hop = new ObjectFields("/order/hops/0", hops.get(0), problems);
        String from = hop.required("from", wanted);
        String to = hop.required("to", wanted);
        hop.refuseUnknown();
        if (!from.isEmpty() && !to.isEmpty() && !(from.equals(reader) && to.equals(writer))) {
            problems.add("/order/hops/0", "leads from '%s' to '%s'. %s".formatted(from, to, wanted));
        }
    }

    private record Step(String path, String name, String category, String type, ObjectFields parameter) {
        static Step read(String path, JsonNode node, Problems problems) {
            ObjectFields fields = new ObjectFields(path, node, problems);
            String category = fields.required("category", "Write reader or writer.");
            if (!category.isEmpty() && !category.equals("reader") && !category.equals("writer")) {
                problems.add(path + "/category", "'%s' must be reader or writer.".formatted(category));
            }
            String name = fields.text("name", category.equals("writer") ? "Writer" : "Reader");
            String type = fields.required("stepType", "Write kafka for the reader and odps for the writer.");
            if (!fields.has("parameter")) {
                problems.add(path + "/parameter", "missing. Write the parameters of the %s.".formatted(category));
            }
            ObjectFields parameter = fields.object("parameter");
            // The page's own notes about how the step is drawn.
            fields.accept("gui", "copies", "distribute");
            fields.refuseUnknown();
            return new Step(path, name, category, type, parameter);
        }
    }
}
