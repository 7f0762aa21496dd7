package io.tidegate.app;

import io.tidegate.scheduler.cycle.Pace;
import io.tidegate.scheduler.parameter.ParameterContext;
import io.tidegate.scheduler.parameter.ParameterExpression;
import io.tidegate.scheduler.parameter.ParameterSyntaxException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what scheduling parameters become at a scheduled time. */
@Command(
        name = "params",
        mixinStandardHelpOptions = true,
        description = "Prints the value of each scheduling parameter expression, one per line.")
final class ParamsCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--at",
            required = true,
            paramLabel = "TIME",
            description = "Scheduled time, as '2022-11-22 10:00', with seconds or without time too.")
    @SuppressWarnings("NullAway.Init")
    private String at;

    @Option(names = "--zone", description = "Time zone, as Asia/Shanghai. Default: the machine's.")
    private String zone = ZoneId.systemDefault().getId();

    @Option(
            names = "--every",
            paramLabel = "MINUTES",
            description = {
                "How far apart the node's times are, 0 when they are chosen ones or days. It counts where",
                "clocks change only. Default: ${DEFAULT-VALUE}."
            })
    private int every = 60;

    @Parameters(arity = "1..*", paramLabel = "EXPRESSION", description = "As '$[yyyymmddhh24-1/24]0000'; quote it.")
    private List<String> expressions = new ArrayList<>();

    @Override
    public Integer call() {
        ParameterContext context = ParameterContext.of(time(), zone(), pace());
        List<String> values = new ArrayList<>();
        for (String expression : expressions) {
            try {
                values.add(ParameterExpression.parse(expression).evaluate(context));
            } catch (ParameterSyntaxException e) {
                throw new UserErrorException(String.valueOf(e.getMessage()));
            }
        }
        // Only when all are well: half an answer would be taken for a whole one.
        PrintWriter out = spec.commandLine().getOut();
        values.forEach(out::println);
        out.flush();
        return 0;
    }

    private Pace pace() {
        if (every < 0) {
            throw new UserErrorException("--every " + every + " is no interval. Write minutes, as 5 or 120, or 0.");
        }
        return every == 0 ? Pace.CHOSEN : Pace.every(Duration.ofMinutes(every));
    }

    private LocalDateTime time() {
        String text = at.strip().replace(' ', 'T');
        try {
            return text.contains("T")
                    ? LocalDateTime.parse(text)
                    : LocalDate.parse(text).atStartOfDay();
        } catch (DateTimeParseException e) {
            throw new UserErrorException("--at '" + at + "' is no time. Write it as '2022-11-22 10:00'.");
        }
    }

    private ZoneId zone() {
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new UserErrorException("--zone '" + zone + "' is no time zone. Write it as Asia/Shanghai or +08:00.");
        }
    }
}
