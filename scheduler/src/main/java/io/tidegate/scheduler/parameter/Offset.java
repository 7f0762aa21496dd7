package io.tidegate.scheduler.parameter;

import java.math.BigInteger;
import java.util.List;

/**
 * A signed number as it is written: {@code -8/24/60}, {@code +7*2}. Read from left to right; kept exact as a fraction.
 *
 * @param minus whether it goes back
 * @param first the first number, not negative
 * @param factors what follows it
 */
record Offset(boolean minus, int first, List<Factor> factors) {

    /** One {@code *n} or {@code /n}; n is not negative, and not 0 where it divides. */
    record Factor(boolean divides, int number) {}

    Offset {
        factors = List.copyOf(factors);
    }

    /** Exact also where the fast way overflows; a year of a node asks a hundred thousand times. */
    private static final int FAST_FACTORS = 6;

    private static final int FAST_NUMBER = 1_000;

    BigInteger numerator() {
        BigInteger product = BigInteger.valueOf(minus ? -first : first);
        for (Factor factor : factors) {
            if (!factor.divides()) {
                product = product.multiply(BigInteger.valueOf(factor.number()));
            }
        }
        return product;
    }

    BigInteger denominator() {
        BigInteger product = BigInteger.ONE;
        for (Factor factor : factors) {
            if (factor.divides()) {
                product = product.multiply(BigInteger.valueOf(factor.number()));
            }
        }
        return product;
    }

    boolean isWhole() {
        return isWholeTimes(1);
    }

    /** Whether everything about it fits a {@code long}, as it does in every offset of practice. */
    private boolean isSmall(long factor) {
        if (first > 100_000 || factor > 100_000 || factors.size() > FAST_FACTORS) {
            return false;
        }
        long product = 1;
        for (Factor one : factors) {
            product *= Math.max(1, one.number());
            if (one.number() > FAST_NUMBER || product > 100_000_000L) {
                return false;
            }
        }
        return true;
    }

    private long smallNumerator() {
        long product = minus ? -first : first;
        for (Factor factor : factors) {
            product *= factor.divides() ? 1 : factor.number();
        }
        return product;
    }

    private long smallDenominator() {
        long product = 1;
        for (Factor factor : factors) {
            product *= factor.divides() ? factor.number() : 1;
        }
        return product;
    }

    /** Whether the number times a factor is a whole number. */
    boolean isWholeTimes(long factor) {
        if (isSmall(factor)) {
            return smallNumerator() * factor % smallDenominator() == 0;
        }
        return numerator()
                        .multiply(BigInteger.valueOf(factor))
                        .mod(denominator())
                        .signum()
                == 0;
    }

    /** The number times a factor, cut down to a whole number: toward the past, for every sign. */
    long floorTimes(long factor) {
        if (isSmall(factor)) {
            return Math.floorDiv(smallNumerator() * factor, smallDenominator());
        }
        BigInteger[] parts = numerator().multiply(BigInteger.valueOf(factor)).divideAndRemainder(denominator());
        long floor = parts[0].longValueExact();
        return parts[1].signum() < 0 ? floor - 1 : floor;
    }

    /** Whether the number lies between -limit and limit, both included. */
    boolean isWithin(long limit) {
        return numerator().abs().compareTo(BigInteger.valueOf(limit).multiply(denominator())) <= 0;
    }

    String text() {
        var text = new StringBuilder().append(minus ? '-' : '+').append(first);
        factors.forEach(f -> text.append(f.divides() ? '/' : '*').append(f.number()));
        return text.toString();
    }
}
