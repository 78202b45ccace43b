const apollo = require('@apollo/server');
const standalone = require('@apollo/server/standalone');

async function main() {
  const server = new apollo.ApolloServer({ typeDefs: 'type Query { hello: String }', cors: { origin: 'https://app.example.com' } });
  await standalone.startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });
}
main();
