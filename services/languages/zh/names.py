"""Chinese words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    leading_family_names=frozenset(
        "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo"
        " liang song zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng"
        " peng lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang"
        " shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou shao meng"
        " long wan duan lei qian yin tao xi wen hong tsai tsang leung cheung chan wong kwok".split()
    ),
)
