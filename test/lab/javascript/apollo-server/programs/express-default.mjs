import { ApolloServer } from 'apollo-server-express';
import express from 'express';

const app = express();
const server = new ApolloServer({ typeDefs: 'type Query { hello: String }' });
await server.start();
server.applyMiddleware({ app, path: '/' });
app.listen(process.env.PORT, '127.0.0.1');
