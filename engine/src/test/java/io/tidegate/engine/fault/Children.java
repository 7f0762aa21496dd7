package io.tidegate.engine.fault;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Engines in processes of their own. One that has done its attempt serves the next. */
final class Children implements AutoCloseable {
    private final Path directory;
    private final ClassArchive archive;
    private final Deque<Child> ready = new ArrayDeque<>();
    private final List<Child> all = new ArrayList<>();

    Children(Path directory) {
        this.directory = directory;
        archive = new ClassArchive(directory);
        // The first one writes the archive for the others.
        ready.add(started(archive.writing()));
    }

    private Child started(List<String> options) {
        Child child = Child.start(directory.resolve("child-" + all.size() + ".txt"), archive.classPath(), options);
        all.add(child);
        return child;
    }

    /** Ends the first child by itself. To be called after it has run an attempt to its end. */
    void writeArchive() {
        ready.remove().end();
    }

    Child take() {
        return ready.isEmpty() ? started(archive.using()) : ready.remove();
    }

    void giveBack(Child child) {
        ready.addFirst(child);
    }

    @Override
    public void close() {
        all.forEach(Child::kill);
    }
}
