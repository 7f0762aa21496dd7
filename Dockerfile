# The production server: without the sandbox, as an ordinary user.
# Needs BuildKit (the default of Docker since 23).

FROM node:20-bookworm-slim AS node

FROM eclipse-temurin:17-jdk-jammy AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.npm \
    ./mvnw -B -ntp -q package -Dmaven.test.skip=true -DskipTests

FROM eclipse-temurin:17-jre-jammy
RUN apt-get update \
 && apt-get install -y --no-install-recommends curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/tidegate --create-home tidegate
COPY --from=build /src/app/target/tidegate/lib /opt/tidegate/lib
USER tidegate
WORKDIR /var/lib/tidegate
# The key that encrypts the secrets of data sources is made here at the first start. Losing it loses those secrets.
VOLUME /var/lib/tidegate
ENV TIDEGATE_SERVER_BIND=0.0.0.0 \
    TIDEGATE_SERVER_PORT=8080 \
    TIDEGATE_SECRET_KEY_FILE=/var/lib/tidegate/secret.key \
    TIDEGATE_JAVA_OPTS=""
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD curl --fail --silent --output /dev/null "http://127.0.0.1:${TIDEGATE_SERVER_PORT}/health"
# sh is replaced by java, so that docker stop's signal reaches the server.
ENTRYPOINT ["sh", "-c", "exec java -XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED -XX:MaxRAMPercentage=75 $TIDEGATE_JAVA_OPTS -cp '/opt/tidegate/lib/*' io.tidegate.app.Main \"$@\"", "tidegate"]
CMD ["server"]
