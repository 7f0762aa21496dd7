package io.tidegate.sandbox.postgres;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Gives a tree to a user. A server that still shuts down may take files away meanwhile: these need no owner. */
final class OwnerChange extends SimpleFileVisitor<Path> {
    private static final String OWNER = "unix:uid";

    private final int uid;

    OwnerChange(int uid) {
        this.uid = uid;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
        return visitFile(directory, attributes);
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
        try {
            if (!Integer.valueOf(uid).equals(Files.getAttribute(path, OWNER, LinkOption.NOFOLLOW_LINKS))) {
                Files.setAttribute(path, OWNER, uid, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (NoSuchFileException e) {
            // Gone.
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
        return failure instanceof NoSuchFileException ? FileVisitResult.CONTINUE : super.visitFileFailed(path, failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        return failure == null || failure instanceof NoSuchFileException
                ? FileVisitResult.CONTINUE
                : super.postVisitDirectory(directory, failure);
    }
}
