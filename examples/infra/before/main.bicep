param environment string

resource tracking 'Microsoft.Web/sites@2023-12-01' = {
  name: 'shop-tracking-${environment}'
  properties: {
    siteConfig: {
      cors: {
        allowedOrigins: [
          '*'
        ]
      }
    }
  }
}

resource search 'Microsoft.App/containerApps@2024-03-01' = {
  name: 'shop-search-${environment}'
  properties: {
    configuration: {
      ingress: {
        external: true
        targetPort: 8080
        corsPolicy: {
          allowedOrigins: [ 'https://shop.example/' ]
        }
      }
    }
  }
}

param helpOrigins array

resource help 'Microsoft.Web/sites@2023-12-01' = {
  name: 'shop-help-${environment}'
  properties: {
    siteConfig: {
      cors: {
        allowedOrigins: helpOrigins
      }
    }
  }
}
