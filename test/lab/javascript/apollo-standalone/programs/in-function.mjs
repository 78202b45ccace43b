import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const typeDefs = `#graphql
  type Book { title: String }
  type Query { books: [Book] }
`;
const resolvers = { Query: { books: () => [{ title: 'The Awakening' }] } };

async function start() {
  const server = new ApolloServer({ typeDefs, resolvers });
  const { url } = await startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });
  console.log(`ready at ${url}`);
}
start();
