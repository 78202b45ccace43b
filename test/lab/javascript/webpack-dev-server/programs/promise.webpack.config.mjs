export default async () => {
  const port = await Promise.resolve(8090);
  return {
    devServer: {
      port,
      headers: { 'Access-Control-Allow-Origin': 'http://localhost:3000' },
    },
  };
};
