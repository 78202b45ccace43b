from aws_lambda_powertools.event_handler import APIGatewayRestResolver, CORSConfig

app = APIGatewayRestResolver(cors=CORSConfig(allow_origin="https://app.example.com", allow_credentials=True))


@app.route("/", method=["GET", "HEAD", "POST", "PUT", "DELETE"])
def index():
    return "ok"


def handler(event, context):
    return app.resolve(event, context)
