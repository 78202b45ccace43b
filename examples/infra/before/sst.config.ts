export default $config({
  app: () => ({ name: 'shop', home: 'aws' }),
  async run() {
    new sst.aws.ApiGatewayV2('Offers', { cors: { allowOrigins: ['https://shop.example/'] } });
    new sst.aws.Bucket('Leaflets', { cors: { allowOrigins: ['*'], allowMethods: ['GET', 'PUT'] } });
  },
});
