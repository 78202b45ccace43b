import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

interface Context { token?: string }

const server = new ApolloServer<Context>({ typeDefs: 'type Query { hello: String }' });
await startStandaloneServer(server, {
  context: async ({ req }) => ({ token: req.headers.authorization }),
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
});
