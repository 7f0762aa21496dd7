package io.tidegate.bench;

final class HeapBench {
    private HeapBench() {}

    public static void main(String[] arguments) throws Exception {
    }
}
