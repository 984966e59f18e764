from typing import Any

import factory
from allauth.account.models import EmailAddress

from huaben.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    handle = factory.Sequence(lambda n: f"person-{n}")
    roles = ["viewer", "creator"]
    password = factory.django.Password("a long password")

    @factory.post_generation
    def confirmed(self: User, create: bool, confirmed: bool | None, **kwargs: Any) -> None:
        """``UserFactory(confirmed=False)``: nobody has confirmed the address yet."""
        if create:
            EmailAddress.objects.create(
                user=self, email=self.email.lower(), primary=True, verified=confirmed is not False
            )
