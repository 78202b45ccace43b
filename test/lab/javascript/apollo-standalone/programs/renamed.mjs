import { ApolloServer as GraphqlServer } from '@apollo/server';
import { startStandaloneServer as serve } from '@apollo/server/standalone';

const server = new GraphqlServer({ typeDefs: 'type Query { hello: String }' });
const { url } = await serve(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });
console.log(url);
