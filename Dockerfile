# The command alone: docker run --rm -v "$PWD:/work:ro" cors-lint
FROM node:22-alpine AS build
WORKDIR /build
COPY . .
RUN npm ci --ignore-scripts --no-audit --no-fund && npm pack --silent && mv cors-lint-*.tgz /cors-lint.tgz

FROM node:22-alpine
# For --changed. A mounted folder belongs to somebody else, which git refuses to look at unless it is told.
RUN apk add --no-cache git && git config --system --add safe.directory /work
COPY --from=build /cors-lint.tgz /tmp/cors-lint.tgz
RUN npm install --global --no-audit --no-fund /tmp/cors-lint.tgz && rm /tmp/cors-lint.tgz
USER node
WORKDIR /work
ENTRYPOINT ["cors-lint"]
CMD ["."]
