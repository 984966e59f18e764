import factory

from huaben.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    handle = factory.Sequence(lambda n: f"person-{n}")
    roles = ["viewer", "creator"]
    password = factory.django.Password("a long password")
