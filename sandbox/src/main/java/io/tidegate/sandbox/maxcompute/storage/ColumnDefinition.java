package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.Column;
import com.aliyun.odps.type.TypeInfo;

/** A column or partition key. The name is in lower case; the comment may be empty. */
public record ColumnDefinition(String name, TypeInfo type, String comment) {
    public Column toColumn() {
        return new Column(name, type, comment);
    }
}
