import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const server = new ApolloServer({ typeDefs: 'type Query { hello: String }', plugins: [{ async requestDidStart() { return { async willSendResponse({ response }) { response.http.headers.set('x-served-by', 'tea-shop'); } }; } }] });
await startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });
