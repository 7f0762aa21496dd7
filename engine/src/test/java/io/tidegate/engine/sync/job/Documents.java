package io.tidegate.engine.sync.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The sample document as users write it, with single places changed. */
public final class Documents {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** As the manual has it, but for the window and the partition, whose parameters are replaced. */
    private static final String SAMPLE = """
            {"type":"job","version":"2.0",
             "steps":[
              {"stepType":"kafka","category":"reader","name":"Reader","parameter":{
                "datasource":"kafka_src","topic":"topicName","groupId":"my_job_1",
                "column":["__key__","__value__","__partition__","__offset__","__timestamp__","'123'","event_id","tag.desc"],
                "keyType":"string","valueType":"string","encoding":"UTF-8",
                "beginType":"specific","beginDateTime":"20221122090000","endType":"specific","endDateTime":"20221122100000",
                "skipExceedRecord":"true","stopWhenPollEmpty":"false","waitTIme":"60","autoOffsetReset":"none","kafkaConfig":{}}},
              {"stepType":"odps","category":"writer","name":"Writer","parameter":{
                "datasource":"odps_first","table":"t","partition":"ds=2022112210","column":["k","v","p","o","ts","c","e","d"],
                "truncate":true,"emptyAsNull":false}}],
             "order":{"hops":[{"from":"Reader","to":"Writer"}]},
             "setting":{"errorLimit":{"record":"0"},"speed":{"throttle":false,"concurrent":3}}}
            """;

    private final JsonNode root;

    private Documents(JsonNode root) {
        this.root = root;
    }

    public static Documents sample() {
        return new Documents(tree(SAMPLE));
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Puts JSON at a pointer; the parent must be there. */
    public Documents with(String pointer, String json) {
        int slash = pointer.lastIndexOf('/');
        JsonNode parent = root.at(pointer.substring(0, slash));
        String last = pointer.substring(slash + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), tree(json));
        } else {
            ((ObjectNode) parent).set(last, tree(json));
        }
        return this;
    }

    public Documents without(String pointer) {
        int slash = pointer.lastIndexOf('/');
        ((ObjectNode) root.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));
        return this;
    }

    public Documents withWriterFirst() {
        ArrayNode steps = (ArrayNode) root.at("/steps");
        steps.add(steps.remove(0));
        return this;
    }

    public String text() {
        return root.toString();
    }
}
