import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';

const schema = createSchema({ typeDefs: 'type Query { hello: String }', resolvers: { Query: { hello: () => 'hello' } } });
const yoga = createYoga({ schema, graphqlEndpoint: '/', logging: false, graphiql: false, cors: { origin: 'https://app.example.com', allowedHeaders: ['content-type', 'x-test'] } });
createServer(yoga).listen(process.env.PORT, '127.0.0.1');
