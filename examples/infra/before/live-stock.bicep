resource stock 'Microsoft.SignalRService/signalR@2023-02-01' = {
  name: 'shop-stock'
  location: resourceGroup().location
  sku: {
    name: 'Standard_S1'
  }
  properties: {
    cors: {
      allowedOrigins: [
        'https://shop.example/'
      ]
    }
  }
}
