import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const corsOptions = { origin: process.env.WEB_ORIGIN, credentials: true };
const server = new ApolloServer({ typeDefs: 'type Query { hello: String }', cors: corsOptions });
await startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });
