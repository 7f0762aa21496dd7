package io.tidegate.engine.fault;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * The class path of the children as jars, and the classes that an attempt needs in an archive of the JVM: a child that is
 * started for each kill would otherwise spend seconds on loading them.
 */
final class ClassArchive {
    private final Path directory;
    private final String classPath;

    ClassArchive(Path directory) {
        this.directory = directory;
        List<String> entries = new ArrayList<>();
        for (String entry : wholeClassPath()) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                Path jar = directory.resolve("classes-" + entries.size() + ".jar");
                pack(path, jar);
                entries.add(jar.toString());
            } else if (Files.exists(path)) {
                entries.add(entry);
            }
        }
        classPath = String.join(File.pathSeparator, entries);
    }

    String classPath() {
        return classPath;
    }

    /** Options of a child that writes the archive when it ends by itself. */
    List<String> writing() {
        return List.of("-XX:ArchiveClassesAtExit=" + file());
    }

    /** Options of the others. */
    List<String> using() {
        return Files.exists(file()) ? List.of("-XX:SharedArchiveFile=" + file()) : List.of();
    }

    private Path file() {
        return directory.resolve("classes.jsa");
    }

    /** Surefire hands over one jar that names the others. */
    private static List<String> wholeClassPath() {
        List<String> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator));
        if (entries.size() > 1) {
            return entries;
        }
        try (JarFile jar = new JarFile(entries.get(0))) {
            List<String> named = new ArrayList<>();
            String list = Objects.requireNonNull(jar.getManifest())
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH);
            for (String relative : list.split(" ")) {
                named.add(Path.of(Path.of(entries.get(0)).toUri().resolve(relative))
                        .toString());
            }
            return named;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(Path classes, Path jar) {
        try (Stream<Path> all = Files.walk(classes);
                OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, new Manifest())) {
            out.setLevel(0);
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(path).toString().replace(File.separatorChar, '/');
                if (!name.equals(JarFile.MANIFEST_NAME)) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(path, out);
                    out.closeEntry();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
