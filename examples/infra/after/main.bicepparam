using './main.bicep'

param environment = 'prod'
param helpOrigins = ['https://shop.example']
