using './main.bicep'

param environment = 'prod'
param helpOrigins = ['*']
