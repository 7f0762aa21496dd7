package io.tidegate.sandbox.maxcompute.storage;

import com.aliyun.odps.Column;
import com.aliyun.odps.type.TypeInfo;

/** A column or partition key. The name is in lower case; the comment may be empty; {@code required} is NOT NULL. */
public record ColumnDefinition(String name, TypeInfo type, String comment, boolean required) {
    public Column toColumn() {
        Column column = new Column(name, type, comment);
        column.setNullable(!required);
        return column;
    }
}
