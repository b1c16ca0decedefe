"""Invented people: names, places, and phone numbers that reach nobody."""

from __future__ import annotations

from random import Random

FIRST = """
Aaliyah Aaron Abigail Adrian Aisha Alana Alejandro Alex Alicia Amara Amir Ana Andre Angela Anika Anthony Antonio
Arjun Ashley Beatriz Benjamin Bianca Brandon Brenda Brian Caleb Camila Carlos Carmen Carolyn Cesar Chandra
Charlotte Chloe Christina Cindy Claudia Connor Cynthia Damian Daniel Daniela Darnell David Deborah Dennis Derek
Desiree Diana Diego Dmitri Dominic Donna Dylan Eduardo Elena Eli Elijah Elizabeth Emily Emmanuel Eric Esteban
Eva Evelyn Farah Felipe Fernando Fiona Francesca Frank Gabriel Gabriela George Gloria Grace Gregory Guadalupe
Hana Hannah Harold Hassan Hector Heather Helen Henry Hiroshi Hugo Ian Ibrahim Imani Irene Isaac Isabel Ivan
Jackie Jamal James Janet Jasmine Javier Jennifer Jerome Jesse Jin Joanna Joel Jonathan Jordan Jorge Jose Joshua
Joyce Juan Judith Julia Julian Kai Karen Karina Karla Katherine Keisha Kelly Kenji Kenneth Kevin Khalil Kim Kyle
Lakshmi Larry Latoya Laura Lauren Lei Leila Leon Leslie Li Lila Linda Lisa Logan Lucia Lucas Luis Luz Mai Malik
Manuel Marcus Maria Mariana Marisol Mark Marta Martin Mary Mateo Matthew Maya Megan Mei Melissa Michael Miguel
Min Miriam Mohammed Monica Morgan Nadia Naomi Natalie Nathan Nia Nicholas Nicole Nina Noah Noor Nora Oliver
Olivia Omar Oscar Pablo Patricia Patrick Paul Pedro Peter Phuong Priya Quinn Rachel Rafael Ramon Raquel Raul
Ravi Rebecca Renee Ricardo Richard Robert Roberto Rosa Rosalind Ruben Ruth Ryan Sabrina Samantha Samir Samuel
Sandra Sara Sean Sergio Shanice Sharon Sierra Simone Sofia Sonia Stella Stephen Steven Susan Sven Tamara Tanya
Tara Terrell Teresa Thomas Tiffany Timothy Tina Tomas Trang Trevor Tyrone Uma Valeria Vanessa Veronica Victor
Vincent Violet Walter Wanda Wei Wendy William Xavier Ximena Yara Yolanda Yuki Yusuf Zachary Zara Zoe
""".split()

LAST = """
Abbott Acosta Adams Aguilar Ahmed Ali Allen Alvarez Anderson Aquino Arias Armstrong Avila Bailey Baker Banerjee
Barnes Becker Bell Beltran Bennett Bianchi Blair Booker Bowman Boyd Brooks Brown Bui Burke Butler Cabrera
Campbell Cardenas Carlson Carter Castillo Castro Cervantes Chan Chang Chavez Chen Cho Choi Clark Cohen Coleman
Collins Contreras Cook Cooper Cordova Cortez Cox Crawford Cruz Cunningham Daniels Davis Dawson Delacruz Delgado
Diaz Dixon Dominguez Douglas Duarte Dunn Duong Edwards Ellis Espinoza Estrada Evans Farah Fernandez Fields
Figueroa Fisher Fleming Flores Ford Foster Fox Franklin Freeman Fuentes Fukuda Gallagher Garcia Gardner Garza
Gibson Gill Gomez Gonzalez Goodwin Graham Grant Gray Green Griffin Guerrero Gupta Gutierrez Guzman Hall Hamilton
Hansen Harper Harris Hart Hassan Hayes Henderson Hernandez Herrera Hicks Hill Ho Hoang Holmes Howard Huang
Hudson Huerta Hughes Hunter Huynh Ibarra Ito Jackson James Jenkins Jensen Jimenez Johnson Jones Jordan Juarez
Kaplan Kaur Kelly Kennedy Khan Kim King Klein Knight Kumar Lam Lane Lara Larson Lawson Le Lee Leon Lewis Li Lin
Liu Long Lopez Lozano Lucero Luna Mack Maldonado Marquez Marshall Martin Martinez Mason Mbeki McCarthy McCoy
Medina Mehta Mejia Mendez Mendoza Meyer Miller Mitchell Molina Montoya Moore Mora Morales Moreno Morgan Morris
Moss Munoz Murphy Murray Nakamura Navarro Nelson Newman Ng Nguyen Nichols Novak Nunez Obrien Ochoa Okafor Olson
Ortega Ortiz Osborne Osei Owens Pacheco Padilla Palmer Park Parker Patel Patterson Payne Pena Perez Perry Peters
Peterson Pham Phillips Pierce Porter Powell Powers Price Quinn Ramirez Ramos Ray Reed Reyes Reynolds Rice
Richards Rios Rivera Roberts Robinson Rocha Rodriguez Rogers Rojas Romero Rosales Ross Rossi Roth Rowe Ruiz
Russell Ryan Saeed Salazar Salinas Sanchez Sanders Sandoval Santos Sato Saunders Schmidt Schultz Scott Shah
Sharma Shaw Silva Simmons Simpson Singh Smith Snyder Solis Soto Spencer Stephens Stevens Stewart Stone Sullivan
Suzuki Tanaka Taylor Thao Thomas Thompson Torres Tran Tucker Turner Valdez Valencia Vargas Vasquez Vega
Velasquez Villa Vo Wagner Walker Wallace Walsh Wang Ward Warren Washington Watson Weaver Webb Wells West White
Williams Wilson Wolf Wong Wood Woods Wright Wu Xiong Yamamoto Yang Young Yu Zamora Zavala Zhang Zimmerman
""".split()

#: The shop's locations, each with a tax rate in hundredths of a percent and zip codes around it.
LOCATIONS = (
    ("San Francisco", 2363, ("94102", "94103", "94107", "94110", "94114", "94117", "94122")),
    ("Oakland", 2525, ("94601", "94606", "94607", "94609", "94610", "94618")),
    ("Berkeley", 2525, ("94702", "94703", "94704", "94705", "94709")),
    ("San Jose", 2438, ("95110", "95112", "95113", "95125", "95126", "95128")),
)

_CALIFORNIA = """
209 213 279 310 323 341 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 747 760 805 818 820
831 840 858 909 916 925 949 951
""".split()
_ELSEWHERE = """
201 202 203 205 206 207 208 210 212 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254
256 260 262 267 269 270 276 281 301 302 303 304 305 307 308 309 312 313 314 315 316 317 318 319 320 321 325 330
331 334 336 337 339 346 347 351 352 360 361 364 385 386 401 402 404 405 406 407 409 410 412 413 414 417 419 423
425 430 432 434 435 440 443 458 463 469 470 475 478 479 480 484 501 502 503 504 505 507 508 509 512 513 515 516
517 518 520 531 534 539 540 541 551 561 563 567 570 571 573 574 575 580 585 586 601 602 603 605 606 607 608 609
610 612 614 615 616 617 618 620 623 629 630 631 636 641 646 651 660 662 667 678 681 682 701 702 703 704 706 708
712 713 715 716 717 718 719 720 724 725 727 731 732 734 737 740 754 757 762 763 765 769 770 772 773 774 775 779
781 785 786 801 802 803 804 806 808 810 812 813 814 815 816 817 828 830 832 843 845 847 848 850 854 856 857 859
860 862 863 864 865 870 872 878 901 903 904 906 907 908 910 912 913 914 915 917 918 919 920 928 929 930 931 934
936 937 938 940 941 947 952 954 956 959 970 971 972 973 978 979 980 984 985
""".split()

#: How many numbers there are in California's fictional range, in all fictional ranges, and after those with 999.
CALIFORNIAN = len(_CALIFORNIA) * 100
FICTIONAL = (len(_CALIFORNIA) + len(_ELSEWHERE)) * 100
UNASSIGNED = 8_000_000


def phone_number(slot: int) -> str:
    """The phone number of a slot, in E.164: each slot has its own, and none can reach a person.

    First 555-0100 to 555-0199 in Californian area codes, which the North American numbering plan keeps for
    fiction, then in other states', then the area code 999, which is never assigned.
    """
    if slot >= FICTIONAL:
        exchange, line = divmod(slot - FICTIONAL, 10_000)
        return f"+1999{200 + exchange:03}{line:04}"
    codes, place = (_CALIFORNIA, slot) if slot < CALIFORNIAN else (_ELSEWHERE, slot - CALIFORNIAN)
    line, code = divmod(place, len(codes))
    return f"+1{codes[code]}55501{line * 37 % 100:02}"


def staff_names(count: int, rng: Random) -> list[str]:
    """That many different full names."""
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault(f"{rng.choice(FIRST)} {rng.choice(LAST)}")
    return list(found)
