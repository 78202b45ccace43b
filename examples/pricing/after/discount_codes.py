"""Discount codes, a function of AWS Lambda behind API Gateway."""
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig

cors = CORSConfig(allow_origin="https://shop.example", max_age=300, allow_credentials=True)
app = APIGatewayRestResolver(cors=cors)


@app.get("/discount-codes/<code>")
def discount_code(code: str):
    return {"code": code, "worth": 5}


def handler(event, context):
    return app.resolve(event, context)
