const { ApolloServer, gql } = require('apollo-server');

const server = new ApolloServer({
  typeDefs: gql`type Query { hello: String }`,
  resolvers: { Query: { hello: () => 'hello' } },
  cors: { origin: ['https://app.example.com/'] },
});
server.listen({ port: process.env.PORT, host: '127.0.0.1' });
