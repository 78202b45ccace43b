import * as apollo from '@apollo/server';
import * as standalone from '@apollo/server/standalone';

const server = new apollo.ApolloServer({ typeDefs: 'type Query { hello: String }' });
await standalone.startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });
