"""One view for every path of the programs."""
from django.http import HttpResponse
from django.urls import re_path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def anything(request):
    return HttpResponse("" if request.method == "HEAD" else "items")


urlpatterns = [re_path("", anything)]
