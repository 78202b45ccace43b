from aws_cdk import Stack, aws_apigatewayv2 as apigwv2
from constructs import Construct


class PicturesStack(Stack):
    def __init__(self, scope: Construct, construct_id: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
        apigwv2.HttpApi(
            self,
            "Pictures",
            cors_preflight=apigwv2.CorsPreflightOptions(
                allow_origins=["https://shop.example"],
                allow_methods=[apigwv2.CorsHttpMethod.GET],
            ),
        )
